-- expect: the script was stopped after 5 seconds of computing
::again::
goto again
