provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["111122223333"]
}

module "target" {
  source = "../../../../terraform/image-distribution-target"

  account_id        = "111122223333"
  source_account_id = "444455556666"
  # The output of the account that builds.
  key = {
    account_id = "444455556666"
    alias      = "images"
    arns = {
      eu-central-1 = "arn:aws:kms:eu-central-1:444455556666:key/mrk-1a2b3c4d00004000800000000000abcd"
      eu-west-1    = "arn:aws:kms:eu-west-1:444455556666:key/mrk-1a2b3c4d00004000800000000000abcd"
    }
  }
}
