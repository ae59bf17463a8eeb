"""KX2xx: findings of lint."""

from kxmodel.errors.codes.code import Code

LINT: tuple[Code, ...] = ()
