#pragma OPENCL EXTENSION cl_khr_fp64 : enable  
#pragma OPENCL EXTENSION cl_khr_fp16 : enable  
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable  
__kernel void spikes(__global long *_kernel_context, __constant uchar *_constant_region, __local uchar *_local_region, __global int *_atomics, __global uchar *xf, __global uchar *xh, __global uchar *counts, __global uchar *g, __global uchar *run, __private int sixteen)
{
  bool b_44, b_18, b_37, b_43; 
  float f_29; 
  ulong ul_13, ul_0, ul_9, ul_11, ul_28, ul_5, ul_7, ul_1, ul_49, ul_2, ul_3; 
  int i_6, i_8, i_45, i_42, i_41, i_30, i_32, i_31, i_38, i_40, i_39, i_34, i_33, i_36, i_35, i_14, i_16, i_15, i_10, i_12, i_22, i_21, i_24, i_23, i_17, i_20, i_19; 
  long l_25, l_26, l_27, l_48, l_46, l_47; 

  // BLOCK 0
  ul_0  =  (ulong) xf;
  ul_1  =  (ulong) counts;
  ul_2  =  (ulong) g;
  ul_3  =  (ulong) run;
  __local int adi_4[64];
  ul_5  =  ul_2 + 44L;
  i_6  =  *((__global int *) ul_5);
  ul_7  =  ul_2 + 48L;
  i_8  =  *((__global int *) ul_7);
  ul_9  =  ul_2 + 52L;
  i_10  =  *((__global int *) ul_9);
  ul_11  =  ul_3 + 16L;
  i_12  =  *((__global int *) ul_11);
  ul_13  =  ul_3 + 20L;
  i_14  =  *((__global int *) ul_13);
  i_15  =  get_group_id(0);
  i_16  =  i_12 * i_14;
  i_17  =  get_local_id(0);
  b_18  =  i_15 < i_16;
  if(b_18)
  {
    // BLOCK 1
    i_19  =  i_6 * i_8;
    i_20  =  i_19 * i_10;
    i_21  =  i_20 * i_15;
    // BLOCK 2 MERGES [1 6 ]
    i_22  =  0;
    i_23  =  i_17;
    for(;i_23 < i_20;)
    {
      // BLOCK 3
      i_24  =  i_21 + i_23;
      l_25  =  (long) i_24;
      l_26  =  l_25 + 4L;
      l_27  =  l_26 << 2;
      ul_28  =  ul_0 + l_27;
      f_29  =  *((__global float *) ul_28);
      i_30  =  i_23 + 64;
      i_31  =  isequal(f_29, 0.0F);
      if(i_31 == 1)
      {
        // BLOCK 4
        i_32  =  i_22;
      }  // B3
      else
      {
        // BLOCK 5
        i_33  =  i_22 + 1;
        i_32  =  i_33;
      }  // B3
      // BLOCK 6 MERGES [4 5 ]
      i_34  =  i_30;
      i_22  =  i_32;
      i_23  =  i_34;
    }  // B2
    // BLOCK 7
    i_35  =  i_22;
  }  // B0
  else
  {
    // BLOCK 8
    i_35  =  0;
  }  // B0
  // BLOCK 9 MERGES [8 7 ]
  adi_4[i_17]  =  i_35;
  barrier(CLK_LOCAL_MEM_FENCE);
  // BLOCK 10 MERGES [9 14 ]
  i_36  =  32;
  for(;i_36 >= 1;)
  {
    // BLOCK 11
    b_37  =  i_17 < i_36;
    if(b_37)
    {
      // BLOCK 12
      i_38  =  adi_4[i_17];
      i_39  =  i_36 + i_17;
      i_40  =  adi_4[i_39];
      i_41  =  i_38 + i_40;
      adi_4[i_17]  =  i_41;
    }  // B11
    else
    {
      // BLOCK 13
    }  // B11
    // BLOCK 14 MERGES [13 12 ]
    barrier(CLK_LOCAL_MEM_FENCE);
    i_42  =  i_36 >> 1;
    i_36  =  i_42;
  }  // B10
  // BLOCK 15
  b_43  =  i_17 == 0;
  if(b_43)
  {
    // BLOCK 16
    b_44  =  i_15 < i_16;
    if(b_44)
    {
      // BLOCK 17
      i_45  =  adi_4[0];
      l_46  =  (long) i_15;
      l_47  =  l_46 + 4L;
      l_48  =  l_47 << 2;
      ul_49  =  ul_1 + l_48;
      *((__global int *) ul_49)  =  i_45;
      return;
    }  // B16
    else
    {
      // BLOCK 18
      return;
    }  // B16
  }  // B15
  else
  {
    // BLOCK 19
  }  // B15
  // BLOCK 20 MERGES [19 18 17 ]
  return;
}  //  kernel
