# Exported by kxmodel (codegen 1).
# Do not edit: change the schemas, then run `kxmodel export terraform`.

output "membership_name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.membership.name
}

output "membership_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.membership.arn
}
