provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["111122223333"]
}

# Applied once, by an administrator: the role with which all else in this account is made.
resource "aws_iam_role" "deployer" {
  name = "deployer"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
    }]
  })
}
