provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["111122223333"]
}

module "access" {
  source = "../../terraform/auto-scaling-consumer"

  name       = "shop"
  account_id = "111122223333"
  region     = "eu-central-1"
  key = {
    account_id = "444455556666"
    alias      = "images"
    arns = {
      eu-central-1 = "arn:aws:kms:eu-central-1:444455556666:key/mrk-1a2b3c4d00004000800000000000abcd"
    }
  }
  deployer = "arn:aws:iam::111122223333:role/deployer"
}
