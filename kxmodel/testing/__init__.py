"""Tests against a local DynamoDB: a pytest plugin (`kxmodel.testing.plugin`) and its helpers.

Nothing is imported here, since pytest loads the plugin in every run where kxmodel is installed.
"""
