export {
  type KubernetesManifest,
  type ToKubernetesOptions,
  toKubernetes,
} from "./kubernetes/to-kubernetes.js";
