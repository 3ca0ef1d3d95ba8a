# Small, without root, and without a network at run time. The versions are pinned by tag; to pin the base to the byte, put the
# digest of the image that you have checked behind it: node:24.11.1-alpine3.22@sha256:…
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
# The user `node` of the image, by number: Kubernetes can check runAsNonRoot only so. Whose backups belong to another user gives
# `docker run --user "$(id -u):$(id -g)"`: outputs are for their owner alone.
USER 1000:1000
WORKDIR /data
ENTRYPOINT ["gogs-backup-upgrade"]
CMD ["--help"]
