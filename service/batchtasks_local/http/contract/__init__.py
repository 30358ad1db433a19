"""What each API version allows, as its OpenAPI document says: operations, parameters, bodies, filters, members."""
