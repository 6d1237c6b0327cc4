provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["444455556666"]
}

module "key" {
  source = "../../../../terraform/multi-region-key"

  account_id      = "444455556666"
  alias           = "images"
  primary_region  = "eu-central-1"
  replica_regions = ["eu-west-1"]
  consumers       = [{ account_id = "111122223333", image_builder_target = true }]
}

module "pipeline" {
  source = "../../../../terraform/image-builder-pipeline"

  account_id       = "444455556666"
  name             = "app"
  recipe_version   = "1.0.0"
  parent_image     = "arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x"
  region           = "eu-central-1"
  key              = module.key.key
  copy_to_accounts = ["111122223333"]
  distributions    = [{ region = "eu-west-1", copy_to_accounts = ["111122223333"] }]
}

# What the other account has to know.
output "key" {
  value = module.key.key
}
