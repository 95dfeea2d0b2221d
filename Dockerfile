# The service alone: serving lock, no torch, no compiler, not root. Build: docker build -t bozheng .
# Run: docker run -p 8080:8080 -v bozheng-data:/data bozheng
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    OMP_NUM_THREADS=1 \
    BOZHENG_DATA_DIR=/data \
    BOZHENG_HTTP__HOST=0.0.0.0

WORKDIR /opt/bozheng

# Dependencies change less often than the code: a layer of their own. The lock is complete, hence --no-deps.
COPY requirements.lock ./
RUN pip install --no-deps -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY service ./service
COPY lexicons ./lexicons
COPY models ./models

RUN useradd --system --uid 10001 --home-dir /data --create-home bozheng \
    && python -m compileall -q service
USER bozheng
VOLUME /data
EXPOSE 8080 9080

HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]

ENTRYPOINT ["python", "-m", "service"]
CMD ["serve"]
