"""A list that is ready -> an audience, through the official SDK.  The only package that reaches the network.

    uploading.py    a result -> audiences
    connection.py   key, address, client; a request's failures in words
    sending.py      parts -> audiences, one after the other
    members.py      who is in an audience already; dnc.py: who must not be called; number_list.py: both as lists

Creating an audience cannot be repeated safely: a second attempt after one that only seemed to fail makes a second
audience, and people are called twice.  So nothing is retried here, and each failure says what is known.
"""

from csv_preflight.upload.sending import Audience, UploadError
from csv_preflight.upload.uploading import upload

__all__ = ["Audience", "UploadError", "upload"]
