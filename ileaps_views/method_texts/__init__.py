"""The words of every method, one module a field of use."""
