"""Thin HTTP: routes translate and never decide. Base /v1, JSON, RFC 9457 problem details for refusals."""
