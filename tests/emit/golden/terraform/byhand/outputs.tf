# Exported by kxmodel (codegen 1).
# Do not edit: change the schemas, then run `kxmodel export terraform`.

output "club_name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.club.name
}

output "club_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.club.arn
}

output "gallery_v2_name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.gallery_v2.name
}

output "gallery_v2_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.gallery_v2.arn
}

output "gallery_v2_stream_arn" {
  description = "ARN of the table's stream."
  value       = aws_dynamodb_table.gallery_v2.stream_arn
}
