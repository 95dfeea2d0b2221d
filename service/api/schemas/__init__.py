"""What travels over HTTP, as Pydantic models: the OpenAPI document is made from them."""
