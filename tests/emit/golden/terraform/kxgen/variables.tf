# Exported by kxmodel (codegen 1).
# Do not edit: change the schemas, then run `kxmodel export terraform`.

variable "prefix" {
  description = "What the tables' names begin with, one for each environment."
  type        = string
  default     = ""
}

variable "alarm_topic_arn" {
  description = "The SNS topic that alarms are sent to; null for none."
  type        = string
  default     = null
}

locals {
  alarm_actions = var.alarm_topic_arn[*]
}
