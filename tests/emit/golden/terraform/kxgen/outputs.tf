# Exported by kxmodel (codegen 1).
# Do not edit: change the schemas, then run `kxmodel export terraform`.

output "leads_name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.leads.name
}

output "leads_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.leads.arn
}

output "messages_name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.messages.name
}

output "messages_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.messages.arn
}

output "personas_name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.personas.name
}

output "personas_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.personas.arn
}
