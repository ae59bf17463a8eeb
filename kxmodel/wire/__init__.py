"""Between botocore and us: reading responses without walking them shape by shape."""
