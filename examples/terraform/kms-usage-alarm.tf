provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["444455556666"]
}

module "key" {
  source = "../../terraform/multi-region-key"

  account_id     = "444455556666"
  alias          = "images"
  primary_region = "eu-central-1"
}

module "usage" {
  source = "../../terraform/kms-usage-alarm"

  name      = "kms"
  key       = module.key.key
  threshold = 10000
  regions = [{
    region               = "eu-central-1"
    notify               = ["arn:aws:sns:eu-central-1:444455556666:alerts"]
    trail_log_group_name = "trail"
  }]
}
