cd /work/wt/twin/packages/supervision && timeout 200 pnpm exec tsc -p tsconfig.json --noEmit 2>&1 | head; timeout 200 nice pnpm exec tsup > /tmp/twin-tsup.log 2>&1; grep -i error /tmp/twin-tsup.log
