@echo off
rem Double-click this on Windows: the first time it installs what the page needs, then it opens the page.
setlocal
pushd "%~dp0..\.."
set "PLACE=%LOCALAPPDATA%\csv-preflight"
if exist "%PLACE%\ready" goto start

echo Installing csv-preflight. This takes a minute, the first time only.
where uv >nul 2>nul
if not errorlevel 1 goto with_uv
where py >nul 2>nul
if errorlevel 1 goto no_python
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))"
if errorlevel 1 goto no_python
py -3 -m venv "%PLACE%"
if errorlevel 1 goto failed
"%PLACE%\Scripts\python.exe" -m pip install --quiet ".[web,excel,upload]"
if errorlevel 1 goto failed
goto made

:with_uv
uv venv --quiet --allow-existing --python ">=3.11" "%PLACE%"
if errorlevel 1 goto failed
uv pip install --quiet --python "%PLACE%\Scripts\python.exe" ".[web,excel,upload]"
if errorlevel 1 goto failed

:made
echo made> "%PLACE%\ready"

:start
echo The page opens in your browser. Press Ctrl-C here to end it, and to delete what is in it.
"%PLACE%\Scripts\csv-preflight.exe" serve %*
if errorlevel 3 goto end
if errorlevel 2 pause
goto end

:no_python
echo This needs Python 3.11 or newer. Get it from https://www.python.org/downloads/, then double-click again.
pause
goto end

:failed
echo csv-preflight could not be made ready; what went wrong is above.
pause

:end
popd
