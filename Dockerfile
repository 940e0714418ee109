# One image for every process of a node; docker-compose.yml says which one a container runs. Node runs the TypeScript
# sources as they are, so there is no build step. Dependencies first: they change less often than the sources.
FROM node:24-bookworm-slim

ENV NODE_ENV=production
WORKDIR /detente
RUN npm install --global pnpm@10.34.9 && npm cache clean --force

COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages ./packages
COPY services ./services
# Optional packages are the embedded PostgreSQL and Node itself: here both come as images.
RUN pnpm install --frozen-lockfile --prod --no-optional && pnpm store prune

COPY migrations ./migrations
COPY openapi ./openapi
COPY scripts/container-init.ts ./scripts/

# Empty volumes take owner and mode from here. The init job fills one folder below /node/keys for each process, which sees
# it as /own and sees no other.
RUN mkdir -p /own /node/secrets /node/keys/worker /node/keys/reporting /node/keys/exchange /node/keys/casework \
      /node/keys/publication \
 && chown -R node:node /own /node && chmod -R 700 /own /node
USER node
CMD ["node", "services/detente/src/main.ts", "--help"]
