"""Where tensors live: on a GPU where there is one, else on the CPU. Imported before the first tensor is made."""
import torch

DEVICE = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
if DEVICE.type == 'cuda':
    torch.set_default_device(DEVICE)


def tensor(array):
    """A numpy array as a tensor there."""
    return torch.from_numpy(array).to(DEVICE)
