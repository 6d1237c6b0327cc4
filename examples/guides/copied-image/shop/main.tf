locals {
  # The outputs of the account of the image.
  key_arns = {
    eu-central-1 = "arn:aws:kms:eu-central-1:444455556666:key/mrk-1a2b3c4d00004000800000000000abcd"
    eu-west-1    = "arn:aws:kms:eu-west-1:444455556666:key/mrk-1a2b3c4d00004000800000000000abcd"
    us-east-1    = "arn:aws:kms:us-east-1:444455556666:key/mrk-1a2b3c4d00004000800000000000abcd"
  }
  image_ids = {
    eu-central-1 = "ami-0a1b2c3d4e5f60718"
    eu-west-1    = "ami-0b1b2c3d4e5f60718"
    us-east-1    = "ami-0c1b2c3d4e5f60718"
  }
}

provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "launcher" {
  name = "launcher"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
    }]
  })
}

# The key policy admits this account as a whole; this says who in it.
resource "aws_iam_role_policy" "keys_of_images" {
  name = "keys-of-images"
  role = aws_iam_role.launcher.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "UseKeys"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"]
        Resource = values(local.key_arns)
      },
      {
        Sid       = "AttachVolumes"
        Effect    = "Allow"
        Action    = "kms:CreateGrant"
        Resource  = values(local.key_arns)
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
    ]
  })
}

resource "aws_launch_template" "app" {
  for_each = local.image_ids

  region   = each.key
  name     = "app"
  image_id = each.value

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted  = true
      kms_key_id = local.key_arns[each.key]
    }
  }
}
