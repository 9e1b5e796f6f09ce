"""The stages, in the order in which the data flows through them; none imports another.

source        bytes -> text: is it text at all, and in which encoding?
dialect       delimiter, spaces before quotes, a leading sep= line
records       text -> batches of records with their physical lines; broken ones are set aside
columns       header -> which column is what, and what it will be called
phones        cells -> E.164, or a finding
identifiers   cells -> clean names, or a finding
duplicates    seen before in this file, in the audience, on the suppression list
limits        rows, bytes, parts
"""
