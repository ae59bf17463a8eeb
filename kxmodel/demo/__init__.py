"""The demonstration: a project's models at work on a local DynamoDB.

Begin with `tables` and `questions`: they are how a program uses the models.
"""
