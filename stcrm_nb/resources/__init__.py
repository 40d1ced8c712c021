"""What the user calls: the operations of each resource, bound from the catalogue to one connection."""

from stcrm_nb.resources.bound import BoundOperation, Resource
from stcrm_nb.resources.listing import columns, operations

__all__ = ["BoundOperation", "Resource", "columns", "operations"]
