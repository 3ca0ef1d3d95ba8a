# Small, without root, and without a network at run time. The versions are pinned by tag; to pin the base to the byte, put the
# digest of the image that you have checked behind it: node:22.12.0-alpine3.21@sha256:…
FROM node:22.12.0-alpine3.21 AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY bin bin
COPY src src
RUN npx tsc && npm prune --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf build/tests build/bench
# Of the SQL parser, three dialects are used; the others are nine tenths of the image.
RUN cd node_modules/node-sql-parser && find . -type f ! -name package.json ! -name LICENSE \
  ! -path ./build/mariadb.js ! -path ./build/postgresql.js ! -path ./build/sqlite.js -delete

FROM node:22.12.0-alpine3.21
ENV NODE_ENV=production
WORKDIR /opt/gogs-backup-upgrade
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/build build
COPY --from=build /build/bin bin
RUN chmod +x bin/gogs-backup-upgrade.js \
  && ln -s /opt/gogs-backup-upgrade/bin/gogs-backup-upgrade.js /usr/local/bin/gogs-backup-upgrade
# The user `node` of the image, by number: Kubernetes can check runAsNonRoot only so.
USER 1000:1000
WORKDIR /data
ENTRYPOINT ["gogs-backup-upgrade"]
CMD ["--help"]
