provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["444455556666"]
}

module "key" {
  source = "../../../../terraform/multi-region-key"

  account_id     = "444455556666"
  alias          = "images"
  primary_region = "eu-central-1"
  audience       = { account_ids = ["111122223333"] }
  consumers      = [{ account_id = "111122223333", auto_scaling = {} }]
}

module "app" {
  source = "../../../../terraform/shared-encrypted-ami"

  name            = "app"
  source_image    = { ami_id = "ami-0f1e2d3c4b5a69788", region = "eu-central-1" }
  key             = module.key.key
  copy_to_regions = ["eu-central-1"]
  share_with      = { account_ids = ["111122223333"] }
}

# What the other account has to know.
output "key" {
  value = module.key.key
}

output "image_ids" {
  value = module.app.copy_ids
}
