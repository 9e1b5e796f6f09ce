"""The stages, in the order in which the data flows through them; none imports another.

source        bytes -> text: is it text at all, and in which encoding?
dialect       delimiter, quoting, a leading sep= line
records       text -> batches of records with their physical lines; broken ones are set aside
columns       header -> what each column is, and its name in the clean file
opt_outs      rows in which the list says not to call the person
phones        cells -> E.164, or a finding
identifiers   cells -> clean names, or a finding
variables     the template's variables: each has a column, and its cells are filled
cells         cells that the destination would refuse
duplicates    numbers seen before: in this file, in the audience, on the suppression list
limits        rows, bytes, parts
"""
