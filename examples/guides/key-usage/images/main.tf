provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["444455556666"]
}

module "key" {
  source = "../../../../terraform/multi-region-key"

  account_id     = "444455556666"
  alias          = "images"
  primary_region = "eu-central-1"
}

# What calls KMS: one build, which calls it for every snapshot and volume.
module "packer" {
  source = "../../../../terraform/packer-build"

  role_name  = "packer"
  trusted_by = ["arn:aws:iam::444455556666:role/ci"]
  region     = "eu-central-1"
  key        = module.key.key
  source_ami = "ami-0f1e2d3c4b5a69788"
  image_name = "app-{{timestamp}}"
}

# What watches: the trail of the account writes to this log group.
resource "aws_cloudwatch_log_group" "trail" {
  name              = "trail"
  retention_in_days = 90
}

resource "aws_sns_topic" "alerts" {
  name = "kms-alerts"
}

module "usage" {
  source = "../../../../terraform/kms-usage-alarm"

  name      = "kms"
  key       = module.key.key
  threshold = 10000
  regions = [{
    region               = "eu-central-1"
    notify               = [aws_sns_topic.alerts.arn]
    trail_log_group_name = aws_cloudwatch_log_group.trail.name
  }]
}

# The template, to be written to `app.pkr.json` for Packer.
output "template" {
  value = jsonencode(module.packer.template)
}
