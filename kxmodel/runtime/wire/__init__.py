"""Between botocore and the models: reading responses without walking them shape by shape."""
