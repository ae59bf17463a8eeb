# Exported by kxmodel (codegen 1).
# Do not edit: change the schemas, then run `kxmodel export terraform`.

output "shop_name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.shop.name
}

output "shop_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.shop.arn
}
