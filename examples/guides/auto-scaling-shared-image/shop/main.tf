locals {
  # The outputs of the account of the image.
  key = {
    account_id = "444455556666"
    alias      = "images"
    arns = {
      eu-central-1 = "arn:aws:kms:eu-central-1:444455556666:key/mrk-1a2b3c4d00004000800000000000abcd"
    }
  }
  image_id = "ami-0a1b2c3d4e5f60718"
}

provider "aws" {
  region = "eu-central-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/deployer"
  }
}

module "access" {
  source = "../../../../terraform/auto-scaling-consumer"

  name       = "shop"
  account_id = "111122223333"
  region     = "eu-central-1"
  key        = local.key
  deployer   = "arn:aws:iam::111122223333:role/deployer"
  launchers  = ["arn:aws:iam::111122223333:role/deployer"]
}

resource "aws_launch_template" "shop" {
  name     = "shop"
  image_id = local.image_id

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted  = true
      kms_key_id = local.key.arns["eu-central-1"]
    }
  }
}

resource "aws_autoscaling_group" "shop" {
  name                    = "shop"
  min_size                = 1
  max_size                = 3
  availability_zones      = ["eu-central-1a", "eu-central-1b"]
  service_linked_role_arn = module.access.service_linked_role_arn

  launch_template {
    id      = aws_launch_template.shop.id
    version = "$Latest"
  }

  # A group starts instances as soon as it is there: the grant first.
  depends_on = [module.access]
}
