# One image for web, worker, beat and migrations; the command says which.
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/base.txt /tmp/base.txt
RUN /venv/bin/pip install --require-hashes -r /tmp/base.txt

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ATLAAS_VAR=/srv/var
RUN useradd --system --uid 10001 --home-dir /srv atlaas && install -d -o atlaas -g atlaas /srv/var
COPY --from=build /venv /venv
WORKDIR /srv/app
COPY . .
# The addresses are not used here, but the settings want to know them.
RUN ATLAAS_SECRET_KEY=build DATABASE_URL=postgresql:///none python manage.py collectstatic --noinput -v0 \
    && chmod -R a+rX /srv/var/static
USER atlaas
EXPOSE 8000
CMD ["gunicorn", "atlaas.project.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--no-control-socket", "--access-logfile", "-"]
