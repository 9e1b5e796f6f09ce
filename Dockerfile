# docker build -t csv-preflight .
# docker run --rm -v "$PWD:/lists" csv-preflight check contacts.csv --region US
# The slim image has no compiler.
FROM python:3.13 AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE MANIFEST.in ./
COPY csv_preflight csv_preflight
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index /wheels/*.whl && rm -r /wheels \
    && useradd --no-create-home --shell /usr/sbin/nologin preflight
USER preflight
WORKDIR /lists
ENTRYPOINT ["csv-preflight"]
CMD ["--help"]
