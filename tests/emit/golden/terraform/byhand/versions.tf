# Exported by kxmodel (codegen 1).
# Do not edit: change the schemas, then run `kxmodel export terraform`.
#
# This module creates the tables of a new environment; `kxmodel migrate --assume-applied` then
# records the migrations as applied. Later changes of keys and indexes are made by migrations, one
# index at a time and after its backfill: ignore_changes leaves them alone.

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.29.0"
    }
  }
}
