import { parseAbi } from 'viem'

export const tokenAbi = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event Burn(address indexed from, uint256 value)',
])

export const stakingAbi = parseAbi([
  'event Stake(address indexed account, uint256 amount)',
  'event Unstake(address indexed account, uint256 amount)',
  'event RewardPaid(address indexed account, uint256 amount)',
])
