"""A paper's table → Net: operators, blocks, the zoo, specs, transforms, graphs."""
