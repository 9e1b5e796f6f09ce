"""A list that is ready -> an audience, through the official SDK.  The only package that reaches the network.

    uploading.py    a result -> audiences
    connection.py   key, address, client; a request's failures in words
    sending.py      parts -> audiences, one after the other
    members.py      the members of an audience; dnc.py: the do-not-call list; number_list.py: both as lists

Creating an audience cannot be retried safely: if the first attempt only seemed to fail, a second one creates another
audience, and people are called twice.  So nothing is retried here, and each error says what is known.
"""

from csv_preflight.upload.sending import Audience, UploadError
from csv_preflight.upload.uploading import upload

__all__ = ["Audience", "UploadError", "upload"]
