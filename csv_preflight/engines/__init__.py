"""Engines that distribute a list over several machines or processors: thin adapters of ``Plan.apply``."""
