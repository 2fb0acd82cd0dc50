"""The statistics of the product: pure functions, frames or numbers in and out."""
