# One image for both roles: `node lib/main.js indexer` and `node lib/main.js api`.
# Debian, not Alpine, so that the image behaves as a developer's machine does (glibc).

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
# Dependencies change less often than sources: this layer is reused until the lock file changes.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json schema.graphql ./
COPY scripts scripts
COPY abi abi
COPY src src
RUN npm run build

FROM node:20.20.2-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional packages are the local database and the local chain: a deployment brings its own.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:20.20.2-bookworm-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4350 DATA_DIR=/app/.data
RUN install -d -o node -g node /app/.data
COPY --from=dependencies /app/node_modules node_modules
COPY abi abi
COPY assets assets
COPY db db
COPY --from=build /app/lib lib
# economy.yaml comes along if it is there; compose mounts it over this one.
COPY package.json schema.graphql economy.yaml* ./
USER node
EXPOSE 4350
STOPSIGNAL SIGTERM
# For the API. The indexer serves no HTTP: run it with --no-healthcheck, as docker-compose.yml does.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "lib/main.js", "api"]
