provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["444455556666"]
}

module "key" {
  source = "../../terraform/multi-region-key"

  account_id      = "444455556666"
  alias           = "images"
  primary_region  = "eu-central-1"
  replica_regions = ["eu-west-1"]
  consumers       = [{ account_id = "111122223333", auto_scaling = {} }]
  audience = {
    organization_arns = ["arn:aws:organizations::999988887777:organization/o-exampleorgid"]
  }
}
