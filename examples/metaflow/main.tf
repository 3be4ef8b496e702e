terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  region = "us-west-2"
}

module "metaflow" {
  source = "../../"

  resource_prefix = "acme-metaflow-"
  standard_tags   = { application = "metaflow", team = "data-science" }
}

output "metaflow_profile_json" {
  description = "The configuration of a Metaflow client, which holds the API key."
  value       = module.metaflow.metaflow_profile_json
  sensitive   = true
}
