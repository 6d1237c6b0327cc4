locals {
  regions = ["eu-central-1", "eu-west-1", "us-east-1"]
}

provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["444455556666"]
}

module "key" {
  source = "../../../../terraform/multi-region-key"

  account_id      = "444455556666"
  alias           = "images"
  primary_region  = "eu-central-1"
  replica_regions = ["eu-west-1", "us-east-1"]
}

module "packer" {
  source = "../../../../terraform/packer-build"

  role_name       = "packer"
  trusted_by      = ["arn:aws:iam::444455556666:role/ci"]
  region          = "eu-central-1"
  key             = module.key.key
  source_ami      = "ami-0f1e2d3c4b5a69788"
  image_name      = "app-{{timestamp}}"
  copy_to_regions = ["eu-west-1", "us-east-1"]
}

resource "aws_sns_topic" "alerts" {
  for_each = toset(local.regions)

  region = each.key
  name   = "kms-alerts"
}

module "usage" {
  source = "../../../../terraform/kms-usage-alarm"

  name      = "kms"
  key       = module.key.key
  threshold = 10000
  regions = [for region in local.regions : {
    region = region
    notify = [aws_sns_topic.alerts[region].arn]
  }]
}

# The template, to be written to `app.pkr.json` for Packer.
output "template" {
  value = jsonencode(module.packer.template)
}
