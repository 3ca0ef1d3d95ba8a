# A small image that runs without root and needs no network. Versions are pinned by tag; to pin the exact base image, append the
# digest of an image that you have checked: node:24.11.1-alpine3.22@sha256:…
FROM node:24.11.1-alpine3.22 AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY packaging packaging
COPY src src
RUN npm run build

FROM node:24.11.1-alpine3.22
ENV NODE_ENV=production
WORKDIR /opt/gogs-backup-upgrade
COPY package.json ./
COPY bin bin
COPY --from=build /build/dist dist
RUN chmod +x bin/gogs-backup-upgrade.js \
  && ln -s /opt/gogs-backup-upgrade/bin/gogs-backup-upgrade.js /usr/local/bin/gogs-backup-upgrade
# The user `node` of the image, by number, because Kubernetes can only check runAsNonRoot for numbers. If the backups belong to another
# user, run with `docker run --user "$(id -u):$(id -g)"`: outputs are readable only by their owner.
USER 1000:1000
WORKDIR /data
ENTRYPOINT ["gogs-backup-upgrade"]
CMD ["--help"]
