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
}

module "packer" {
  source = "../../terraform/packer-build"

  role_name       = "packer"
  trusted_by      = ["arn:aws:iam::444455556666:role/ci"]
  region          = "eu-central-1"
  key             = module.key.key
  source_ami      = "ami-0f1e2d3c4b5a69788"
  image_name      = "app-{{timestamp}}"
  copy_to_regions = ["eu-west-1"]
}

# The template, to be written to a file for Packer.
output "template" {
  value = jsonencode(module.packer.template)
}
