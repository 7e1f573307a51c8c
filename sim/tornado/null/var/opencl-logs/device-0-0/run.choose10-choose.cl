#pragma OPENCL EXTENSION cl_khr_fp64 : enable  
#pragma OPENCL EXTENSION cl_khr_fp16 : enable  
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable  
__kernel void choose(__global long *_kernel_context, __constant uchar *_constant_region, __local uchar *_local_region, __global int *_atomics, __global uchar *count, __global uchar *choice, __global uchar *limit, __global uchar *g, __global uchar *run)
{
  bool b_16, b_32, b_38; 
  float f_41, f_52, f_51, f_54, f_53, f_50; 
  ulong ul_0, ul_27, ul_6, ul_8, ul_40, ul_1, ul_2, ul_3, ul_4, ul_10, ul_42, ul_12, ul_44, ul_17, ul_49; 
  int i_7, i_45, i_43, i_55, i_30, i_29, i_31, i_28, i_37, i_39, i_34, i_33, i_36, i_35, i_14, i_13, i_15, i_9, i_11, i_22, i_21, i_23, i_18, i_20, i_19; 
  long l_24, l_25, l_26, l_48, l_46, l_47; 

  // BLOCK 0
  ul_0  =  (ulong) count;
  ul_1  =  (ulong) choice;
  ul_2  =  (ulong) limit;
  ul_3  =  (ulong) g;
  ul_4  =  (ulong) run;
  __local int adi_5[128];
  ul_6  =  ul_4 + 16L;
  i_7  =  *((__global int *) ul_6);
  ul_8  =  ul_3 + 16L;
  i_9  =  *((__global int *) ul_8);
  ul_10  =  ul_3 + 20L;
  i_11  =  *((__global int *) ul_10);
  ul_12  =  ul_3 + 60L;
  i_13  =  *((__global int *) ul_12);
  i_14  =  i_7 * i_9;
  i_15  =  i_14 * i_11;
  b_16  =  i_13 == 0;
  if(b_16)
  {
    // BLOCK 1
    ul_17  =  ul_4 + 20L;
    i_18  =  *((__global int *) ul_17);
    i_19  =  i_15 * i_18;
    i_20  =  i_19;
  }  // B0
  else
  {
    // BLOCK 2
    i_20  =  i_15;
  }  // B0
  // BLOCK 3 MERGES [2 1 ]
  i_21  =  get_local_id(0);
  // BLOCK 4 MERGES [3 5 ]
  i_22  =  0;
  i_23  =  i_21;
  for(;i_23 < i_20;)
  {
    // BLOCK 5
    l_24  =  (long) i_23;
    l_25  =  l_24 + 4L;
    l_26  =  l_25 << 2;
    ul_27  =  ul_0 + l_26;
    i_28  =  *((__global int *) ul_27);
    i_29  =  i_22 + i_28;
    i_30  =  i_23 + 128;
    i_22  =  i_29;
    i_23  =  i_30;
  }  // B4
  // BLOCK 6
  adi_5[i_21]  =  i_22;
  barrier(CLK_LOCAL_MEM_FENCE);
  // BLOCK 7 MERGES [6 11 ]
  i_31  =  64;
  for(;i_31 >= 1;)
  {
    // BLOCK 8
    b_32  =  i_21 < i_31;
    if(b_32)
    {
      // BLOCK 9
      i_33  =  adi_5[i_21];
      i_34  =  i_31 + i_21;
      i_35  =  adi_5[i_34];
      i_36  =  i_33 + i_35;
      adi_5[i_21]  =  i_36;
    }  // B8
    else
    {
      // BLOCK 10
    }  // B8
    // BLOCK 11 MERGES [10 9 ]
    barrier(CLK_LOCAL_MEM_FENCE);
    i_37  =  i_31 >> 1;
    i_31  =  i_37;
  }  // B7
  // BLOCK 12
  b_38  =  i_21 == 0;
  if(b_38)
  {
    // BLOCK 13
    i_39  =  adi_5[0];
    ul_40  =  ul_2 + 16L;
    f_41  =  *((__global float *) ul_40);
    ul_42  =  ul_3 + 24L;
    i_43  =  *((__global int *) ul_42);
    ul_44  =  ul_3 + 68L;
    i_45  =  *((__global int *) ul_44);
    l_46  =  (long) i_45;
    l_47  =  l_46 + 4L;
    l_48  =  l_47 << 2;
    ul_49  =  ul_1 + l_48;
    f_50  =  (float) i_20;
    f_51  =  f_41 * f_50;
    f_52  =  (float) i_43;
    f_53  =  f_51 * f_52;
    f_54  =  (float) i_39;
    i_55  =  (f_53 < f_54) ? 1 : 0;
    *((__global int *) ul_49)  =  i_55;
  }  // B12
  else
  {
    // BLOCK 14
  }  // B12
  // BLOCK 15 MERGES [14 13 ]
  return;
}  //  kernel
